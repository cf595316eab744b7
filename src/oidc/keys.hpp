#pragma once

#include "oidc/jws.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// OpenSSL's EVP_PKEY.
struct evp_pkey_st;

namespace oidc {

/// The public keys of a provider (RFC 7517) that a token may be signed with. Immutable, thread-safe.
class Keys
{
  public:
    /// RSA from 2048 to 8192 bits, and P-256. Others are left out: those for encryption, those with another algorithm
    /// in "alg", shared secrets. Nothing for what is no set of keys.
    static std::optional<Keys> parse(std::string_view json);

    std::size_t size() const { return keys_.size(); }
    /// There is a key of this algorithm with the token's name; a token that names none means any.
    bool knows(const Jws& token, Algorithm algorithm) const;
    /// One of those made the signature.
    bool has_signed(const Jws& token, Algorithm algorithm) const;

  private:
    struct Key
    {
        std::string id;
        Algorithm algorithm;
        std::shared_ptr<evp_pkey_st> key;
    };
    static std::optional<Key> read_key(const base::JsonValue& json);
    static bool is_named(const Key& key, const Jws& token, Algorithm algorithm);

    std::vector<Key> keys_;
};

} // namespace oidc
