#include "sign_in/factor/recovery_code.hpp"

#include "base/crypto.hpp"
#include "sign_in/factor/typed_code.hpp"
#include "sign_in/password.hpp"

#include <fmt/format.h>

namespace sign_in {

namespace {

// Crockford's: without i, l, o and u.
constexpr std::string_view letters = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t letters_in_a_code = 8;
constexpr std::size_t letters_in_a_group = 4;

char plain_letter(char c)
{
    return c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
}

std::string plain(std::string_view typed)
{
    std::string code;
    for (const char c : letters_of_code(typed))
        code += plain_letter(c);
    return code;
}

} // namespace

std::vector<std::string> make_recovery_codes(std::string_view session_token, std::string_view salt)
{
    std::vector<std::string> codes;
    for (std::size_t number = 0; number < recovery_codes_made; ++number) {
        const base::Sha256 bytes = base::hmac_sha256(session_token, fmt::format("recovery code {} {}", salt, number));
        std::string code;
        for (std::size_t i = 0; i < letters_in_a_code; ++i) {
            if (i == letters_in_a_group)
                code += '-';
            code += letters[bytes.at(i) % letters.size()];
        }
        codes.push_back(std::move(code));
    }
    return codes;
}

std::string hash_recovery_code(std::string_view typed, std::string_view salt)
{
    return slow_hash(plain(typed), salt);
}

std::vector<std::string> hash_recovery_codes(const std::vector<std::string>& codes, std::string_view salt)
{
    std::vector<std::string> hashes;
    for (const std::string& code : codes)
        hashes.push_back(hash_recovery_code(code, salt));
    return hashes;
}

} // namespace sign_in
