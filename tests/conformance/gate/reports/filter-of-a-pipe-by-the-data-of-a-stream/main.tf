resource "aws_sqs_queue" "work" {
  name = "work"
}

resource "aws_pipes_pipe" "this" {
  name     = "pipe"
  role_arn = "arn:aws:iam::111122223333:role/pipe"
  source   = aws_sqs_queue.work.arn
  target   = "arn:aws:lambda:us-east-1:111122223333:function:feed"

  source_parameters {
    filter_criteria {
      filter {
        pattern = jsonencode({ data = { kind = ["trade"] } })
      }
    }
  }
}
