# added s3:* | heredoc | TP_IAM_1 | +7
resource "aws_iam_role_policy" "mutated" {
  name   = "policy-mutated-${var.environment_suffix}"
  role   = aws_iam_role.function.id
  policy = <<-EOT
    {"Statement": [{
      "Effect": "Allow",
      "Action": "s3:*",
      "Resource": "${aws_sqs_queue.dlq.arn}"
    }]}
  EOT
}
