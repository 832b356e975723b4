locals {
  sqs_settings = {
    orders = { count = 5 }
  }
}
module "deadletter_queue" {
  source   = "./queue"
  for_each = toset(["default_dlq"])
  name     = each.key
}
module "queue" {
  source   = "./queue"
  for_each = local.sqs_settings
  name     = each.key
  redrive  = try({ deadLetterTargetArn = each.value.dead_letter_target_arn, maxReceiveCount = each.value.count }, null)
}
resource "aws_lambda_event_source_mapping" "m" {
  event_source_arn = module.queue["orders"].arn
  function_name    = "f"
}
