variable "protect" {
  default = true # expect: fail
}

resource "aws_dynamodb_table" "market" {
  name                        = "market"
  hash_key                    = "pk"
  billing_mode                = "PAY_PER_REQUEST"
  deletion_protection_enabled = var.protect

  attribute {
    name = "pk"
    type = "S"
  }
}

resource "aws_s3_bucket" "tiles" { # expect: fail
  bucket = "tiles"
}

resource "aws_s3_bucket" "locked" {
  bucket              = "locked"
  force_destroy       = true
  object_lock_enabled = true # expect: fail
}

resource "aws_cloudwatch_log_group" "trade" {
  name         = "trade"
  skip_destroy = true # expect: fail
}

resource "aws_lambda_function" "trade" {
  function_name = "trade"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "python3.11"
  role          = "arn:aws:iam::123456789012:role/function"
  skip_destroy  = true # expect: fail
}

resource "aws_db_instance" "prices" {
  instance_class      = "db.t4g.micro"
  deletion_protection = true  # expect: fail
  skip_final_snapshot = false # expect: fail
}

resource "aws_cloudformation_stack" "old" { # expect: fail +6
  name          = "old"
  template_body = <<-YAML
    Resources:
      Queue:
        Type: AWS::SQS::Queue
        DeletionPolicy: Retain
  YAML
}

removed {
  from = aws_sqs_queue.old
  lifecycle {
    destroy = false # expect: fail
  }
}
