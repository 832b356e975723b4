moved {
  from = aws_sqs_queue.a
  to   = module.q.aws_sqs_queue.this
}

module "q" {
  source = "./q"
}
