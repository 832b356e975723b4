resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
}
resource "aws_sagemaker_labeling_job" "j" {
  labeling_job_name = "j"
  human_task_config {
    pre_human_task_lambda_arn = aws_lambda_function.feed.arn
  }
}
