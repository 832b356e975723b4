resource "aws_sqs_queue" "inbox" {
  name = "inbox"
}

resource "aws_sqs_queue_policy" "inbox" {
  queue_url = aws_sqs_queue.inbox.id
  policy    = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [{
        "Effect": "Allow",
        "Principal": "*",
        "Action": "sqs:SendMessage",
        "Resource": "${aws_sqs_queue.inbox.arn}",
        "Condition": {"ArnEquals": {"aws:SourceArn": "arn:aws:sns:us-east-1:444455556666:news"}}
      }]
    }
  JSON
}
