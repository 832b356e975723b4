resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({ Resources = { F = { Type = "AWS::Lambda::Function", Properties = { Handler = "a.b", Runtime = "python3.11", Role = "arn:aws:iam::111122223333:role/f" } }, R = { Type = "AWS::Events::Rule", Properties = { ScheduleExpression = "rate(1 hour)", Targets = [{ Id = "t", Arn = { "Fn::GetAtt" = ["F", "Arn"] } }] } } } })
}
