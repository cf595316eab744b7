#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_pkey_st;

namespace support {

/// A key of a provider, made for a test.
class SigningKey
{
  public:
    enum class Kind : std::uint8_t
    {
        Rsa,
        /// 1024 bits.
        SmallRsa,
        P256,
        P384
    };
    SigningKey(Kind kind, std::string id);

    const std::string& id() const { return id_; }
    /// The public part as a member of a JWKS; `further` are more members, `"use":"sig",`.
    std::string jwk(std::string_view further = {}) const;
    /// A whole token in its compact form; header and payload are JSON.
    std::string token(std::string_view header, std::string_view payload) const;

  private:
    std::string sign(std::string_view text) const;
    std::string number(const char* name) const;

    Kind kind_;
    std::string id_;
    std::shared_ptr<evp_pkey_st> key_;
};

/// The same without a signature, or with the one that is given.
std::string unsigned_token(std::string_view header, std::string_view payload, std::string_view signature = {});

} // namespace support
