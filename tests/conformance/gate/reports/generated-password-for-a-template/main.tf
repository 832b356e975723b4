resource "random_password" "db" {
  length = 24
}

resource "aws_cloudformation_stack" "db" {
  name = "db"
  parameters = {
    Login = random_password.db.result
  }
  template_body = jsonencode({
    Parameters = { Login = { Type = "String" } }
    Resources  = { Topic = { Type = "AWS::SNS::Topic", Properties = { TopicName = "db" } } }
  })
}
