removed {
  from = aws_instance.old
  lifecycle {
    destroy = true
  }
  provisioner "local-exec" {
    when    = destroy
    command = "echo gone"
  }
}
