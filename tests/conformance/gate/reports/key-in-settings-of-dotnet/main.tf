resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <appSettings><add key="ApiKey" value="Tr4de-W1nd-t6BRmE"/></appSettings>
  EOT
}
