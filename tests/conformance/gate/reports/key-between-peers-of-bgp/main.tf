resource "aws_dx_bgp_peer" "p" {
  virtual_interface_id = "dxvif-1"
  address_family       = "ipv4"
  bgp_asn              = 65351
  bgp_auth_key         = "Zr8kQw4tLm"
}
