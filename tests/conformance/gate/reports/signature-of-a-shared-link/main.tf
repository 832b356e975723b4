resource "aws_lambda_function" "feed" {
  function_name = "feed"
  role          = "arn:aws:iam::111122223333:role/feed"
  handler       = "a.b"
  runtime       = "python3.11"
  filename      = "a.zip"
  environment {
    variables = { UPLOAD_TO = "https://acme.blob.core.windows.net/feeds?sp=rw&st=2026-01-01T00:00:00Z&se=2027-01-01T00:00:00Z&sv=2022-11-02&sr=c&sig=cp4pjCbD0ZXbR4Xwd4n2%2B9W3b5mDWjKuYR6dtrAZG%3D" }
  }
}
