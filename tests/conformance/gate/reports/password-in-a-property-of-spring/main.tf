resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <property name="password" value="Tr4de-W1nd-t6BRmE"/>
  EOT
}
