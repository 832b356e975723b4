resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <?php
    define('DB_PASSWORD', 'Tr4de-W1nd-t6BRmE');
  EOT
}
