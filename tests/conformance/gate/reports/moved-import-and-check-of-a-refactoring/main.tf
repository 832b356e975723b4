moved {
  from = aws_sqs_queue.old
  to   = module.queue.aws_sqs_queue.this["jobs"]
}
import {
  for_each = { jobs = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs" }
  to       = module.queue.aws_sqs_queue.this[each.key]
  id       = each.value
}
module "queue" {
  source = "./queue"
  names  = ["jobs"]
}
check "names" {
  assert {
    condition     = alltrue([for name in module.queue.names : length(name) < 81])
    error_message = "too long"
  }
}
