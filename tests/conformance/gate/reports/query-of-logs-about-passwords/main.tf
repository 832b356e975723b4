resource "aws_cloudwatch_query_definition" "q" {
  name         = "q"
  query_string = "fields @timestamp, token | filter password = 'x' | parse @message 'api_key=*' as key"
}
