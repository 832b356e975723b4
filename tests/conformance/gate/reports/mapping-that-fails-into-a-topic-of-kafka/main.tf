resource "aws_lambda_event_source_mapping" "m" {
  function_name     = "f"
  event_source_arn  = "arn:aws:kafka:us-east-1:111122223333:cluster/c/abc"
  topics            = ["t"]
  starting_position = "LATEST"
  destination_config {
    on_failure { destination_arn = "kafka://failed" }
  }
}
