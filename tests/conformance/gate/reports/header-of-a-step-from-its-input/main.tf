resource "aws_sfn_state_machine" "s" {
  name       = "s"
  role_arn   = "arn:aws:iam::111122223333:role/r"
  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", Resource = "arn:aws:states:::http:invoke", Parameters = { Headers = { "x-api-key" = "{% $states.input.key %}", "token.$" = "$.token" }, "Token.$" = "$$.Task.Token" }, End = true } } })
}
