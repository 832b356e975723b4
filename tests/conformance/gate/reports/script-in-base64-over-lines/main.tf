resource "aws_launch_template" "w" {
  name      = "w"
  user_data = <<-EOT
    IyEvYmluL2Jhc2gKZWNobyBzdGFydCB0aGUgd29ya2VyIGFuZCB3YWl0IGZvciB0
    aGUgZmlyc3QgbWVzc2FnZSB0byBjb21lCmV4cG9ydCBEQl9QQVNTV09SRD1LcTct
    dlQzeDlMbTJacgpleGVjIC9vcHQvd29ya2VyIC0tdmVyYm9zZSAtLWxvZy10by1z
    dGFuZGFyZC1vdXRwdXQK
  EOT
}
