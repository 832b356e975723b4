resource "aws_sqs_queue" "q" {
  name = "q"
}
data "template_file" "p" {
  count    = 1
  template = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": "$${queue}"}]}
  EOT
  vars = {
    queue = aws_sqs_queue.q.arn
  }
}
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = data.template_file.p[0].rendered
}
