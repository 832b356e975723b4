resource "aws_lambda_event_source_mapping" "k" {
  function_name     = "f"
  event_source_arn  = "arn:aws:kafka:us-east-1:111122223333:cluster/c/1-2"
  topics            = ["t"]
  starting_position = "TRIM_HORIZON"
}
