locals {
  template = <<-EOT
    {"Version": "2012-10-17", "Statement": [
    %%{ for a in actions ~}
      {"Effect": "Allow", "Principal": "$${who}", "Action": "$${a}", "Resource": "*"}
    %%{ endfor ~}
    ]}
  EOT
}
resource "aws_sqs_queue" "q" {
  name = "q"
}
resource "aws_sqs_queue_policy" "p" {
  queue_url = aws_sqs_queue.q.id
  policy    = templatestring(local.template, { who = "*", actions = ["sqs:SendMessage"] })
}
