resource "aws_instance" "i" {
  ami       = "ami-0a1b2c3d4e5f60718"
  user_data = <<-EOF
    #!/bin/bash
    #cloud-config
    users:
      - name: ops
        passwd: $6$rounds=4096$vuJzwlbyl5MTOkdS$gyPfOAXsCzXJtw6WETqYEmA7BsW0Ur2edwbtCazyM9bKMbXg5Fd07Wumme1lCK1YVPdtgZ1cCBJQ19f1NohpYS
  EOF
}
