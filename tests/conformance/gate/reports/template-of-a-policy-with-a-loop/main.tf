resource "aws_iam_policy" "p" {
  name = "p"
  policy = templatefile("${path.module}/p.json.tftpl", {
    arns = ["arn:aws:sqs:us-east-1:111122223333:a", "*"]
  })
}
