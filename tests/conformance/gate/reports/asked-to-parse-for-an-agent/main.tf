resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_bedrockagent_agent" "r" {
  agent_name              = "r"
  foundation_model        = "m"
  agent_resource_role_arn = "arn:aws:iam::111122223333:role/a"
  prompt_override_configuration = [{
    override_lambda       = aws_lambda_function.feed.arn
    prompt_configurations = []
  }]
}
