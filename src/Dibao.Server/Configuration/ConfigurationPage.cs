using System.Text;

namespace Dibao.Server.Configuration;

/// <summary>docs/configuration.md, as the table of settings has it.</summary>
public static class ConfigurationPage
{
    private const string Head = """
        # Configuration

        <!-- Written by `dibao doctor --settings`; a test compares the two. -->

        What counts, in this order: the command line, an environment variable, the configuration file, the default.
        The file is `dibao.json` in the data folder, or what `--config FILE` names. Everything is checked at start,
        and all problems are reported together; an unknown name in the file is a problem, too.

        ```json
        {
          // comments are allowed
          "Listen": { "Port": 8400 },
          "Capture": { "HostDelay": "2s", "AllowHosts": ["feeds.lan:8080"] }
        }
        ```

        Durations are written `500ms`, `20s`, `5m`, `2h`, `1d` or `00:00:20`; lists in variables are divided by commas.
        `DIBAO_DEBUG=1` adds stack traces to errors.

        | setting | variable | kind | default | allowed | meaning |
        | --- | --- | --- | --- | --- | --- |

        """;

    private const string Tail = """

        ## Listening elsewhere

        Dibao listens on this machine only. With another `Listen:Address`, or behind a reverse proxy, everybody who reaches
        it can read the archive; adding sources then asks for `Token`, and is switched off without one. Dibao speaks plain
        HTTP: let a reverse proxy do TLS. `/metrics` and `/readyz` need no token: keep them inside at the proxy.

        ## Exit codes

        | code | meaning |
        | --- | --- |
        | 0 | done |
        | 1 | done, with findings: a source failed, a file was refused, nothing was found |
        | 2 | usage: the command line or the configuration |
        | 3 | environment: folder, disk, port, network, another dibao on the same folder |
        | 4 | corruption: something kept is not as it was kept |
        | 70 | a fault in dibao itself; please report it |
        | 130 | stopped by a signal before it was done |

        """;

    public static string Write()
    {
        var page = new StringBuilder(Head);
        foreach (var setting in SettingTable.All)
        {
            var standard = setting.Default.Length == 0 ? "" : $"`{setting.Default}`";
            page.Append($"| `{setting.Name}` | `{setting.Variable}` | {setting.Kind} | {standard} | {setting.Range} | {setting.Meaning} |\n");
        }
        return page.Append(Tail).ToString();
    }
}
