#pragma once
// Boost.Asio as the wire uses it, for the .cpp files of http/ only: concrete executors (type-erased ones cost 1.5 times
// the CPU a request) and results as tuples instead of exceptions. Precompiled.
//
// Coroutines here follow one rule, because GCC 12.2 silently miscompiles what breaks it: every argument of an awaited
// call that is not trivial is a named local. No temporaries with strings, no lambdas that capture by value, no "?:".

#include <boost/asio.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>

#include <chrono>

namespace http {

namespace asio = boost::asio;
using Executor = asio::io_context::executor_type;
template <typename T = void>
using Task = asio::awaitable<T, Executor>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<asio::ip::tcp, Executor>;
using SteadyClock = std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<SteadyClock, asio::wait_traits<SteadyClock>, Executor>;
inline constexpr auto as_result = asio::as_tuple(asio::deferred);

} // namespace http
