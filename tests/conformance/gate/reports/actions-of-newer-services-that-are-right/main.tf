data "aws_iam_policy_document" "d" {
  statement {
    actions = [
      "s3tables:GetTable", "s3express:CreateSession", "pipes:DescribePipe", "scheduler:CreateSchedule",
      "sms-voice:SendTextMessage", "aoss:APIAccessAll", "vpc-lattice-svcs:Invoke", "lambda:InvokeFunctionUrl",
      "kms:ReEncryptFrom", "dynamodb:ConditionCheckItem", "sqs:StartMessageMoveTask", "logs:StartLiveTail",
    ]
    resources = ["arn:aws:dynamodb:us-east-1:123456789012:table/t"]
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.aws_iam_policy_document.d.json
}
