#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace http {

/// An IPv6 address; IPv4 is stored in its mapped form (::ffff:1.2.3.4).
using Address = std::array<std::uint8_t, 16>;

/// Read "1.2.3.4", "::1" or "[::1]"; empty when it is none of these.
std::optional<Address> parse_address(std::string_view text);
/// "1.2.3.4" for mapped addresses.
std::string address_text(const Address& address);

/// Name who is behind an address: the address with IPv4, the /64 network with IPv6. As it is when it is no address.
std::string subscriber_of(std::string_view address);

/// A list of IP addresses and networks ("10.0.0.0/8"). Immutable.
class NetworkList
{
  public:
    /// Throws std::runtime_error that names the entry and says what is wrong with it: it is neither, or its prefix is
    /// too long, or the address has bits behind the prefix.
    explicit NetworkList(const std::vector<std::string>& entries);
    bool contains(const Address& address) const;

  private:
    struct Network
    {
        Address address;
        unsigned bits;
    };
    static Network read_network(const std::string& entry);

    std::vector<Network> networks_;
};

/// Which limit of the open connections is reached.
enum class ConnectionLimit : std::uint8_t
{
    OfAddress,
    OfAll
};

/// Counts the open connections of each IP address (of each /64 network with IPv6) and of all. Thread-safe.
class ConnectionCounter
{
  public:
    /// One counted connection, until it is destroyed. The counter must outlive it.
    class Place
    {
      public:
        Place(Place&& other) noexcept : counter_(std::exchange(other.counter_, nullptr)), key_(other.key_) {}
        Place& operator=(Place&&) = delete;
        ~Place();

      private:
        friend class ConnectionCounter;
        Place(ConnectionCounter& counter, const std::optional<Address>& key) : counter_(&counter), key_(key) {}

        ConnectionCounter* counter_;
        std::optional<Address> key_;
    };

    /// Zero means no limit.
    ConnectionCounter(std::size_t per_address, std::size_t total) : per_address_(per_address), total_(total) {}

    /// Count a connection, or say which limit is reached. An exempt address has only the total limit.
    std::variant<Place, ConnectionLimit> enter(const Address& address, bool is_exempt);
    std::size_t open();

  private:
    std::mutex mutex_;
    std::size_t per_address_;
    std::size_t total_;
    std::size_t open_ = 0;
    std::map<Address, std::size_t> counts_;

    void leave(const std::optional<Address>& key);
};

} // namespace http
