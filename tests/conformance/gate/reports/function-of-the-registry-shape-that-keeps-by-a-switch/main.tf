module "f" {
  source                 = "./f"
  dead_letter_target_arn = aws_sqs_queue.d.arn
}
resource "aws_sqs_queue" "d" { name = "d" }
resource "aws_cloudwatch_event_rule" "r" {
  name                = "r"
  schedule_expression = "rate(1 hour)"
}
resource "aws_cloudwatch_event_target" "t" {
  rule = aws_cloudwatch_event_rule.r.name
  arn  = module.f.arn
}
