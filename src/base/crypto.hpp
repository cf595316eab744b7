#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace base {

using Sha256 = std::array<std::uint8_t, 32>;

/// Bytes of the kernel's random generator; throws std::runtime_error when it has none.
std::string random_bytes(std::size_t count);
/// A random token of `bytes` random bytes in base64url without padding; 16 bytes give 22 characters.
std::string random_token(std::size_t bytes = 16);
/// SHA-256 of the text.
Sha256 sha256(std::string_view text);
/// HMAC-SHA-256 of the text under the key.
Sha256 hmac_sha256(std::string_view key, std::string_view text);

/// SHA-256 of bytes that arrive in pieces. Not shared between threads.
class Sha256Stream
{
  public:
    Sha256Stream();
    ~Sha256Stream();

    void update(std::string_view bytes);
    /// The digest of everything so far; call it once, last.
    Sha256 finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Lower-case hexadecimal.
std::string hex(std::string_view bytes);
std::string hex(const Sha256& digest);
/// base64url without padding.
std::string base64url(std::string_view bytes);
/// Compares in time that depends on the lengths only.
bool constant_time_equal(std::string_view a, std::string_view b);

} // namespace base
