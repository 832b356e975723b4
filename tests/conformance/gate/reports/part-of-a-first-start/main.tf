data "cloudinit_config" "c" {
  part {
    content_type = "text/cloud-config"
    content      = yamlencode({ write_files = [{ path = "/etc/x", content = "api_token: Kq7-vT3x9Lm2Zr" }] })
  }
}
