resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <?php
    define('DB_PASSWORD', getenv('DB_PASSWORD'));
  EOT
}
