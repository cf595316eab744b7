#include "oidc/keys.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>

namespace oidc {

namespace {

constexpr std::size_t most_keys = 50;
constexpr int fewest_rsa_bits = 2048;
constexpr int most_rsa_bits = 8192;
/// Of one coordinate of P-256, and of each half of its signature.
constexpr std::size_t ec_bytes = 32;

struct Free
{
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(OSSL_PARAM_BLD* builder) const { OSSL_PARAM_BLD_free(builder); }
    void operator()(OSSL_PARAM* parameters) const { OSSL_PARAM_free(parameters); }
    void operator()(BIGNUM* number) const { BN_free(number); }
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};
template <typename T>
using Owned = std::unique_ptr<T, Free>;

/// What a failed check leaves behind would be found by the next user of OpenSSL on this thread.
struct ClearErrors
{
    ~ClearErrors() { ERR_clear_error(); }
};

const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

Owned<BIGNUM> number_of(std::string_view bytes)
{
    return Owned<BIGNUM>(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

std::string text_of(const base::JsonValue& json, std::string_view member)
{
    const auto* found = json.find(member);
    return found == nullptr || found->text() == nullptr ? std::string() : *found->text();
}

std::string bytes_of_member(const base::JsonValue& json, std::string_view member)
{
    return decode_base64url(text_of(json, member)).value_or(std::string());
}

std::shared_ptr<EVP_PKEY> make_key(const char* kind, OSSL_PARAM_BLD* builder)
{
    const Owned<OSSL_PARAM> parameters(OSSL_PARAM_BLD_to_param(builder));
    const Owned<EVP_PKEY_CTX> context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        return nullptr;
    return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsa_key(const base::JsonValue& json)
{
    const auto modulus = number_of(bytes_of_member(json, "n"));
    const auto exponent = number_of(bytes_of_member(json, "e"));
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (!modulus || !exponent || !builder || BN_num_bits(modulus.get()) < fewest_rsa_bits ||
        BN_num_bits(modulus.get()) > most_rsa_bits || BN_is_odd(exponent.get()) == 0 ||
        BN_is_one(exponent.get()) == 1 || BN_num_bits(exponent.get()) > 64)
        return nullptr;
    if (OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) != 1)
        return nullptr;
    return make_key("RSA", builder.get());
}

std::shared_ptr<EVP_PKEY> ec_key(const base::JsonValue& json)
{
    const std::string x = bytes_of_member(json, "x");
    const std::string y = bytes_of_member(json, "y");
    if (text_of(json, "crv") != "P-256" || x.size() != ec_bytes || y.size() != ec_bytes)
        return nullptr;
    // Uncompressed; OpenSSL refuses a point that is not on the curve.
    const std::string point = '\x04' + x + y;
    const Owned<OSSL_PARAM_BLD> builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) != 1)
        return nullptr;
    return make_key("EC", builder.get());
}

/// The two numbers of the token's signature as OpenSSL wants them; empty when they are none.
std::string der_of(std::string_view signature)
{
    if (signature.size() != 2 * ec_bytes)
        return {};
    const Owned<ECDSA_SIG> pair(ECDSA_SIG_new());
    auto r = number_of(signature.substr(0, ec_bytes));
    auto s = number_of(signature.substr(ec_bytes));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1)
        return {};
    static_cast<void>(r.release());
    static_cast<void>(s.release());
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &der);
    if (length <= 0)
        return {};
    const std::string text(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
    OPENSSL_free(der);
    return text;
}

bool verify(EVP_PKEY* key, std::string_view text, std::string_view signature)
{
    const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    return context && !signature.empty() &&
           EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", nullptr, nullptr, key, nullptr) == 1 &&
           EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
}

} // namespace

std::optional<Keys::Key> Keys::read_key(const base::JsonValue& json)
{
    const std::string kind = text_of(json, "kty");
    const std::string use = text_of(json, "use");
    const std::string named = text_of(json, "alg");
    if (!use.empty() && use != "sig")
        return std::nullopt;
    const Algorithm algorithm = kind == "RSA" ? Algorithm::Rs256 : Algorithm::Es256;
    if (!named.empty() && parse_algorithm(named) != algorithm)
        return std::nullopt;
    auto key = kind == "RSA" ? rsa_key(json) : kind == "EC" ? ec_key(json) : nullptr;
    if (!key)
        return std::nullopt;
    return Key{.id = text_of(json, "kid"), .algorithm = algorithm, .key = std::move(key)};
}

std::optional<Keys> Keys::parse(std::string_view json)
{
    const ClearErrors cleared;
    const auto parsed = base::parse_json(json);
    const auto* list = parsed ? parsed->find("keys") : nullptr;
    if (list == nullptr || list->list() == nullptr)
        return std::nullopt;
    Keys keys;
    for (const base::JsonValue& one : *list->list()) {
        auto key = keys.size() < most_keys ? read_key(one) : std::nullopt;
        if (key)
            keys.keys_.push_back(std::move(*key));
    }
    return keys;
}

bool Keys::is_named(const Key& key, const Jws& token, Algorithm algorithm)
{
    return key.algorithm == algorithm && (token.key_id.empty() || key.id == token.key_id);
}

bool Keys::knows(const Jws& token, Algorithm algorithm) const
{
    return std::ranges::any_of(keys_, [&](const Key& key) { return is_named(key, token, algorithm); });
}

bool Keys::has_signed(const Jws& token, Algorithm algorithm) const
{
    const ClearErrors cleared;
    const std::string signature = algorithm == Algorithm::Es256 ? der_of(token.signature) : token.signature;
    return std::ranges::any_of(keys_, [&](const Key& key) {
        return is_named(key, token, algorithm) && verify(key.key.get(), token.signed_text, signature);
    });
}

} // namespace oidc
