resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    <settings><servers><server><id>r</id><username>u</username><password>Tr4de-W1nd-t6BRmE</password></server></servers></settings>
  EOT
}
