#include "base/crypto.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fmt/format.h>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdexcept>
#include <sys/random.h>
#include <system_error>
#include <utility>

namespace base {

// Not in the unnamed namespace: a member of Sha256Stream::State.
struct DigestContextFree
{
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

using DigestContext = std::unique_ptr<EVP_MD_CTX, DigestContextFree>;

namespace {

void fill_randomly(char* bytes, std::size_t count)
{
    for (std::size_t filled = 0; filled < count;) {
        const ssize_t got = getrandom(bytes + filled, count - filled, 0);
        if (got >= 0) {
            filled += static_cast<std::size_t>(got);
        } else if (errno != EINTR) {
            throw std::system_error(errno, std::generic_category(), "no random bytes");
        }
    }
}

/// Random bytes of one thread, in advance: a page takes a few of them four times, and each time would be a call of the
/// kernel. What was given away is wiped out.
class RandomStock
{
  public:
    static RandomStock& of_thread()
    {
        thread_local RandomStock stock;
        return stock;
    }

    /// False when there are never so many at once.
    bool take(std::string& into)
    {
        if (into.size() > bytes_.size() / 4) {
            return false;
        }
        if (into.size() > bytes_.size() - given_) {
            fill_randomly(bytes_.data(), bytes_.size());
            given_ = 0;
        }
        std::copy_n(bytes_.data() + given_, into.size(), into.data());
        OPENSSL_cleanse(bytes_.data() + given_, into.size());
        given_ += into.size();
        return true;
    }

  private:
    std::array<char, 1024> bytes_{};
    std::size_t given_ = bytes_.size();
};

struct MacContextFree
{
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

using MacContext = std::unique_ptr<EVP_MAC_CTX, MacContextFree>;

const unsigned char* as_bytes(std::string_view text)
{
    // A null pointer means "keep the previous key" to OpenSSL, not an empty one.
    return reinterpret_cast<const unsigned char*>(text.data() != nullptr ? text.data() : "");
}

void require(bool succeeded, const char* what)
{
    if (!succeeded) {
        throw std::runtime_error(fmt::format("OpenSSL failed: {}", what));
    }
}

const EVP_MD* sha256_method()
{
    // Fetched once: looking it up by name costs more than hashing a token.
    static const EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    require(method != nullptr, "no SHA-256");
    return method;
}

EVP_MD_CTX* thread_digest_context()
{
    static thread_local const DigestContext context(EVP_MD_CTX_new());
    require(context != nullptr, "digest context");
    return context.get();
}

MacContext make_mac_context()
{
    static EVP_MAC* const method = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    require(method != nullptr, "no HMAC");
    MacContext context(EVP_MAC_CTX_new(method));
    char digest[] = "SHA256";
    const OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end()};
    require(context != nullptr && EVP_MAC_CTX_set_params(context.get(), parameters) == 1, "HMAC parameters");
    return context;
}

EVP_MAC_CTX* thread_mac_context()
{
    static thread_local const MacContext context = make_mac_context();
    return context.get();
}

std::string_view as_text(const Sha256& digest)
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

} // namespace

std::string random_bytes(std::size_t count)
{
    std::string bytes(count, '\0');
    if (!RandomStock::of_thread().take(bytes)) {
        fill_randomly(bytes.data(), count);
    }
    return bytes;
}

std::string random_token(std::size_t bytes)
{
    return base64url(random_bytes(bytes));
}

Sha256 sha256(std::string_view text)
{
    Sha256 digest{};
    EVP_MD_CTX* const context = thread_digest_context();
    require(EVP_DigestInit_ex2(context, sha256_method(), nullptr) == 1 &&
                EVP_DigestUpdate(context, text.data(), text.size()) == 1 &&
                EVP_DigestFinal_ex(context, digest.data(), nullptr) == 1,
        "SHA-256");
    return digest;
}

Sha256 hmac_sha256(std::string_view key, std::string_view text)
{
    Sha256 digest{};
    EVP_MAC_CTX* const context = thread_mac_context();
    std::size_t length = 0;
    require(EVP_MAC_init(context, as_bytes(key), key.size(), nullptr) == 1 &&
                EVP_MAC_update(context, as_bytes(text), text.size()) == 1 &&
                EVP_MAC_final(context, digest.data(), &length, digest.size()) == 1 && length == digest.size(),
        "HMAC-SHA-256");
    return digest;
}

struct Sha256Stream::State
{
    DigestContext context{EVP_MD_CTX_new()};
};

Sha256Stream::Sha256Stream() : state_(std::make_unique<State>())
{
    require(state_->context != nullptr && EVP_DigestInit_ex2(state_->context.get(), sha256_method(), nullptr) == 1,
        "SHA-256 stream");
}

Sha256Stream::~Sha256Stream() = default;

void Sha256Stream::update(std::string_view bytes)
{
    require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1, "SHA-256 stream");
}

Sha256 Sha256Stream::finish()
{
    Sha256 digest{};
    require(EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr) == 1, "SHA-256 stream");
    return digest;
}

std::string hex(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(digits[byte >> 4U]);
        out.push_back(digits[byte & 0x0FU]);
    }
    return out;
}

std::string hex(const Sha256& digest)
{
    return hex(as_text(digest));
}

std::string base64url(std::string_view bytes)
{
    std::string out((bytes.size() + 2) / 3 * 4, '\0');
    // OpenSSL writes a closing NUL; it lands on the string's own.
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), as_bytes(bytes), static_cast<int>(bytes.size()));
    while (out.ends_with('=')) {
        out.pop_back();
    }
    for (char& c : out) {
        c = c == '+' ? '-' : c == '/' ? '_' : c;
    }
    return out;
}

bool constant_time_equal(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

} // namespace base
