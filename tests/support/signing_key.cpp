#include "support/signing_key.hpp"

#include "base/crypto.hpp"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace support {

namespace {

void require(bool succeeded)
{
    if (!succeeded)
        throw std::runtime_error("OpenSSL failed in a test");
}

std::string bytes_of(const BIGNUM* number, int length)
{
    std::string bytes(static_cast<std::size_t>(length), '\0');
    require(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), length) == length);
    return bytes;
}

/// r and s one behind the other, as tokens have them.
std::string raw_signature(std::string_view der)
{
    constexpr int half = 32;
    const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(
        d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())), ECDSA_SIG_free);
    require(pair != nullptr);
    return bytes_of(ECDSA_SIG_get0_r(pair.get()), half) + bytes_of(ECDSA_SIG_get0_s(pair.get()), half);
}

EVP_PKEY* make(SigningKey::Kind kind)
{
    constexpr unsigned usual_bits = 2048;
    constexpr unsigned few_bits = 1024;
    switch (kind) {
    case SigningKey::Kind::Rsa:
        return EVP_RSA_gen(usual_bits);
    case SigningKey::Kind::SmallRsa:
        return EVP_RSA_gen(few_bits);
    case SigningKey::Kind::P256:
        return EVP_EC_gen("P-256");
    case SigningKey::Kind::P384:
        break;
    }
    return EVP_EC_gen("P-384");
}

} // namespace

SigningKey::SigningKey(Kind kind, std::string id) : kind_(kind), id_(std::move(id)), key_(make(kind), EVP_PKEY_free)
{
    require(key_ != nullptr);
}

std::string SigningKey::number(const char* name) const
{
    constexpr int coordinate = 32;
    constexpr int long_coordinate = 48;
    BIGNUM* found = nullptr;
    require(EVP_PKEY_get_bn_param(key_.get(), name, &found) == 1);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> owned(found, BN_free);
    const bool is_rsa = kind_ == Kind::Rsa || kind_ == Kind::SmallRsa;
    const int length = is_rsa ? BN_num_bytes(found) : kind_ == Kind::P256 ? coordinate : long_coordinate;
    return base::base64url(bytes_of(found, length));
}

std::string SigningKey::jwk(std::string_view further) const
{
    if (kind_ == Kind::Rsa || kind_ == Kind::SmallRsa)
        return fmt::format(R"({{"kty":"RSA","kid":"{}",{}"n":"{}","e":"{}"}})", id_, further,
            number(OSSL_PKEY_PARAM_RSA_N), number(OSSL_PKEY_PARAM_RSA_E));
    return fmt::format(R"({{"kty":"EC","crv":"{}","kid":"{}",{}"x":"{}","y":"{}"}})",
        kind_ == Kind::P256 ? "P-256" : "P-384", id_, further, number(OSSL_PKEY_PARAM_EC_PUB_X),
        number(OSSL_PKEY_PARAM_EC_PUB_Y));
}

std::string SigningKey::sign(std::string_view text) const
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    std::size_t length = 0;
    require(EVP_DigestSignInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key_.get(), nullptr) == 1 &&
            EVP_DigestSign(context.get(), nullptr, &length, bytes, text.size()) == 1);
    std::string signature(length, '\0');
    require(EVP_DigestSign(
                context.get(), reinterpret_cast<unsigned char*>(signature.data()), &length, bytes, text.size()) == 1);
    signature.resize(length);
    return kind_ == Kind::P256 ? raw_signature(signature) : signature;
}

std::string SigningKey::token(std::string_view header, std::string_view payload) const
{
    const std::string text = base::base64url(header) + '.' + base::base64url(payload);
    return text + '.' + base::base64url(sign(text));
}

std::string unsigned_token(std::string_view header, std::string_view payload, std::string_view signature)
{
    return base::base64url(header) + '.' + base::base64url(payload) + '.' + base::base64url(signature);
}

} // namespace support
