resource "aws_cloudwatch_event_connection" "venue" {
  name               = "venue"
  authorization_type = "API_KEY"
  auth_parameters {
    api_key {
      key   = "x-api-key"
      value = "9fK2-mQ8tR1yB5nL7xV3"
    }
  }
}
