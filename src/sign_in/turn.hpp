#pragma once

#include <semaphore>

namespace sign_in {

/// Held while a password's hash is computed: each takes a core and up to 256 MiB, so at most two are at once.
class Turn
{
  public:
    Turn() { turns().acquire(); }
    ~Turn() { turns().release(); }
    Turn(const Turn&) = delete;
    Turn& operator=(const Turn&) = delete;

  private:
    static std::counting_semaphore<2>& turns()
    {
        static std::counting_semaphore<2> semaphore(2);
        return semaphore;
    }
};

} // namespace sign_in
