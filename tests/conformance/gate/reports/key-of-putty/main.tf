resource "aws_s3_object" "o" {
  bucket  = "b"
  key     = "k"
  content = <<-EOT
    PuTTY-User-Key-File-3: ssh-ed25519
    Encryption: none
    Comment: k
    Public-Lines: 2
    AAAAC3NzaC1lZDI1NTE5AAAAIQ7ICqm4LKvwBSHJQz79K7LhpbFUDHJr7UbqgyK1w
    tuahvEsOZHAb7CoO09kFzxQbcg
    Private-Lines: 1
    AAAAIi9cifAMJZtaKhCOlPqujryPQeeWurAG6hHjZMsX
  EOT
}
