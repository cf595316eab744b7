#include "http/head/addresses.hpp"

#include "base/text.hpp"
#include "http/fields.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <stdexcept>

namespace http {

namespace {

constexpr std::size_t mapped_prefix_bytes = 12;
constexpr unsigned address_bits = 128;

constexpr Address mapped(std::array<std::uint8_t, 4> bytes)
{
    return {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, bytes[0], bytes[1], bytes[2], bytes[3]};
}

bool is_mapped(const Address& address)
{
    static constexpr auto any = mapped({0, 0, 0, 0});
    return std::equal(any.begin(), any.begin() + mapped_prefix_bytes, address.begin());
}

/// One subscriber has a whole /64 of IPv6 addresses at hand.
Address counted_part(Address address)
{
    if (!is_mapped(address))
        std::fill(address.begin() + 8, address.end(), std::uint8_t{0});
    return address;
}

bool equal_bits(const Address& a, const Address& b, unsigned bits)
{
    const unsigned bytes = bits / 8;
    if (!std::equal(a.begin(), a.begin() + bytes, b.begin()))
        return false;
    const unsigned rest = bits % 8;
    return rest == 0 || ((a[bytes] ^ b[bytes]) >> (8 - rest)) == 0;
}

} // namespace

std::optional<Address> parse_address(std::string_view text)
{
    if (text.starts_with('[') && text.ends_with(']'))
        text = text.substr(1, text.size() - 2);
    const std::string terminated(text);
    std::array<std::uint8_t, 4> four{};
    if (inet_pton(AF_INET, terminated.c_str(), four.data()) == 1)
        return mapped(four);
    Address address{};
    if (inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1)
        return address;
    return std::nullopt;
}

std::string address_text(const Address& address)
{
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_mapped(address))
        inet_ntop(AF_INET, address.data() + mapped_prefix_bytes, text.data(), text.size());
    else
        inet_ntop(AF_INET6, address.data(), text.data(), text.size());
    return text.data();
}

std::string subscriber_of(std::string_view address)
{
    const auto parsed = parse_address(address);
    if (!parsed)
        return std::string(address);
    return address_text(counted_part(*parsed)) + (is_mapped(*parsed) ? "" : "/64");
}

NetworkList::NetworkList(const std::vector<std::string>& entries)
{
    for (const auto& entry : entries) {
        const auto slash = std::min(entry.find('/'), entry.size());
        const auto address = parse_address(entry.substr(0, slash));
        const auto bits =
            slash == entry.size() ? address_bits : base::parse_integer(entry.substr(slash + 1)).value_or(-1);
        const unsigned offset = address && is_mapped(*address) && slash != entry.size() ? 96 : 0;
        if (!address || bits < 0 || bits + offset > address_bits)
            throw std::runtime_error("'" + entry + "' is neither an address nor a network such as 10.0.0.0/8");
        networks_.push_back({*address, static_cast<unsigned>(bits) + offset});
    }
}

bool NetworkList::contains(const Address& address) const
{
    return std::any_of(networks_.begin(), networks_.end(),
        [&](const Network& network) { return equal_bits(network.address, address, network.bits); });
}

void apply_forwarding(Request& request, const NetworkList& trusted_proxies)
{
    auto protocols = request.header("x-forwarded-proto");
    while (!protocols.empty())
        request.secure = equals_ignoring_case(take_element(protocols), "https");
    auto rest = request.header("x-forwarded-for");
    while (!rest.empty()) {
        const auto comma = rest.rfind(',');
        const auto last = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
        rest = rest.substr(0, comma == std::string_view::npos ? 0 : comma);
        const auto address = parse_address(trim_blanks(last));
        if (!address)
            return;
        request.remote_address = address_text(*address);
        if (!trusted_proxies.contains(*address))
            return;
    }
}

ConnectionCounter::Place::~Place()
{
    if (counter_ != nullptr)
        counter_->leave(key_);
}

std::optional<ConnectionCounter::Place> ConnectionCounter::enter(const Address& address, bool is_exempt)
{
    const std::lock_guard lock(mutex_);
    if (total_ > 0 && open_ >= total_)
        return std::nullopt;
    std::optional<Address> key;
    if (!is_exempt) {
        key = counted_part(address);
        const auto found = counts_.try_emplace(*key, 0).first;
        if (per_address_ > 0 && found->second >= per_address_)
            return std::nullopt;
        ++found->second;
    }
    ++open_;
    return Place(*this, key);
}

void ConnectionCounter::leave(const std::optional<Address>& key)
{
    const std::lock_guard lock(mutex_);
    --open_;
    if (!key)
        return;
    const auto found = counts_.find(*key);
    if (found != counts_.end() && --found->second == 0)
        counts_.erase(found);
}

} // namespace http
