// SPDX-License-Identifier: Apache-2.0
#include "publish/secrets.hpp"

#include "publish/http.hpp"
#include "support/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <mutex>

namespace kokai {
namespace {

namespace fs = std::filesystem;

struct KnownSecrets {
    std::mutex mutex;
    std::vector<std::string> writings;  // longest first, so that no rest of one stays
};

KnownSecrets& known_secrets() {
    static KnownSecrets known;
    return known;
}

std::string one_line(std::string_view value) {
    // A trailing blank or line break makes some catalogs take the caller for nobody.
    return std::string(trimmed(value));
}

/// Bytes that no header may hold.
bool has_controls(std::string_view value) {
    return std::any_of(value.begin(), value.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; });
}

/// The file's first 64 KiB, or "" with the mistake named.
std::string read_private_file(const fs::path& path, const std::string& shown, std::string& ja, std::string& en) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        const std::string reason = std::error_code(errno, std::generic_category()).message();
        ja = "秘密のファイル「" + shown + "」を開けません: " + reason;
        en = "cannot open the secret's file " + shown + ": " + reason;
        return {};
    }
    struct stat status {};
    std::string value;
    if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
        ja = "「" + shown + "」はファイルではありません";
        en = shown + " is no file";
    } else if ((status.st_mode & 077U) != 0) {
        ja = "「" + shown + "」は本人以外も読めます。chmod 600 " + shown + " で直してください";
        en = "others may read " + shown + ": mend it with chmod 600 " + shown;
    } else {
        value.resize(64U << 10U);
        const ssize_t got = ::read(descriptor, value.data(), value.size());
        value.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    ::close(descriptor);
    return value;
}

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// How a message calls the variable: by its name, if it looks like one; a long word without _ may be the secret itself.
std::string shown_variable(const std::string& name, const std::string& otherwise) {
    const bool looks_so =
        (name.find('_') != std::string::npos || name.size() <= 12) &&
        std::all_of(name.begin(), name.end(), [](char c) { return is_capital(c) || is_digit(c) || c == '_'; });
    return looks_so ? name : otherwise;
}

/// The same for a file: what is there, or is written like a path, is no secret.
std::string shown_file(const fs::path& path, const std::string& written, const std::string& otherwise) {
    std::error_code ignored;
    const bool looks_so = fs::exists(path, ignored) || written.find('/') != std::string::npos || written.size() <= 12 ||
                          (written.size() <= 32 && written.find('.') != std::string::npos);
    return looks_so ? path.string() : otherwise;
}

}  // namespace

bool is_variable_name(std::string_view text) {
    return !text.empty() && !is_digit(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return is_capital(c) || is_digit(c) || c == '_' || (c >= 'a' && c <= 'z');
    });
}

Secret::Secret(std::string value) : value_(std::move(value)) {
    if (value_.size() < 4) {
        return;  // too short to be looked for in texts without spoiling them
    }
    KnownSecrets& known = known_secrets();
    const std::lock_guard lock(known.mutex);
    for (std::string& writing : std::vector<std::string>{value_, percent_encoded(value_), base64(value_)}) {
        if (std::find(known.writings.begin(), known.writings.end(), writing) == known.writings.end()) {
            known.writings.push_back(std::move(writing));
        }
    }
    std::stable_sort(known.writings.begin(), known.writings.end(),
                     [](const std::string& one, const std::string& other) { return one.size() > other.size(); });
}

std::string redact(std::string_view text) {
    std::string result(text);
    KnownSecrets& known = known_secrets();
    const std::lock_guard lock(known.mutex);
    for (const std::string& writing : known.writings) {
        for (std::size_t at = result.find(writing); at != std::string::npos; at = result.find(writing, at + 3)) {
            result.replace(at, writing.size(), "***");
        }
    }
    return result;
}

std::string redacted_beginning(std::string_view text, std::size_t most) {
    std::string result = redact(text);
    if (result.size() > most) {
        while (most > 0 && (static_cast<unsigned char>(result[most]) & 0xC0U) == 0x80) {
            --most;
        }
        result.resize(most);
    }
    return result;
}

Secret read_secret(const SecretSource& source, const fs::path& folder, const std::string& catalogs_file,
                   std::vector<Mistake>& mistakes) {
    std::string ja;
    std::string en;
    std::string value;
    if (!source.env.empty()) {
        const char* given = std::getenv(source.env.c_str());  // NOLINT(concurrency-mt-unsafe): before any thread
        value = one_line(given == nullptr ? "" : given);
        if (value.empty()) {
            ja = "環境変数 " + shown_variable(source.env, "（ここに書いた名前）") + " に値がありません。export " +
                 shown_variable(source.env, "名前") + "=… で渡してください";
            en = "the environment variable " + shown_variable(source.env, "named here") + " is not set: export " +
                 shown_variable(source.env, "NAME") + "=…";
        }
    } else if (!source.file.empty()) {
        const fs::path path = folder / source.file;
        const std::string shown = shown_file(path, source.file, "…");
        value = one_line(read_private_file(path, shown, ja, en));
        if (value.empty() && ja.empty()) {
            ja = "秘密のファイル「" + shown + "」が空です";
            en = "the secret's file " + shown + " is empty";
        }
    }
    if (has_controls(value)) {
        ja = "秘密の値に改行などの制御文字があります。一行だけにしてください";
        en = "the secret has control characters such as a line break: it must be one line";
        Secret remembered(std::move(value));  // never to be shown, wrong as it is
        value.clear();
    }
    if (!ja.empty()) {
        mistakes.push_back({catalogs_file, source.pointer, ja, en});
        return {};
    }
    return Secret(std::move(value));
}

}  // namespace kokai
