resource "aws_instance" "i" {
  ami           = "a"
  instance_type = "t3.micro"
  dynamic "ebs_block_device" {
    for_each = { data = false, log = true }
    content {
      device_name           = "/dev/${ebs_block_device.key}"
      delete_on_termination = ebs_block_device.value
    }
  }
}
