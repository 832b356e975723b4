resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({
    Resources = {
      R = { Type = "AWS::Events::Rule", Properties = { ScheduleExpression = "cron(0 0 1 1 ? 2021)", Targets = [{ Id = "q", Arn = "arn:aws:sqs:us-east-1:111122223333:q" }] } }
    }
  })
}
