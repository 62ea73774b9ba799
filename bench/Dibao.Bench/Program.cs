using Dibao.Bench;
using Dibao.Bench.Capture;
using Dibao.Bench.Extract;
using Dibao.Bench.Feeds;
using Dibao.Bench.Find;
using Dibao.Bench.Import;
using Dibao.Bench.Prove;
using Dibao.Bench.Serve;
using Dibao.Bench.Warc;
using Dibao.Bench.Store;

const string Usage = """
    dotnet run -c Release --project bench/Dibao.Bench -- MODE [--json]

      feed [FOLDER]                  megabytes a second of feeds on one core, beside System.Xml's XmlReader over the same bytes
      feed bounds                    what attackers send, to `dibao feed` as a process: time and memory until it says no
      import [PATH]                  articles a second into a fresh archive, beside parsing alone and keeping alone
      extract [--set NAME] [--worst N [--half dev|held]] [--show ID] [--scores FILE]
                                     how well gold pages are read, and those that lose most; half of each set is for making rules by;
                                     FILE gets a line a page, to compare two states of the rules
      extract learn                  what each fact is worth to the judgement of days, learned from gold pages, and how it does on others
      extract speed                  documents a second, beside the parser alone and @mozilla/readability on node
      look PATH                      what 20 articles of a corpus are read as: titles, first and last sentences
      capture [OUTLETS [SOURCES]]    a made-up web end to end, politeness as its server sees it, 10,000 sources polled
      capture burst [SOURCES]        ten thousand sources due at once, and what that holds open
      find [COUNT [PATH]]            documents a second into the index, and what searches cost
      prove                          leaves into tiles, proofs, an audit and signatures, beside the hashing they cannot do without
      warc                           WARC files written, indexed and checked, the index beside warcio.js over the same file
      serve [FOLDER]                 start, memory and latency of `dibao serve`; FOLDER keeps the archive for the next run
      store [CORPUS]                 acknowledgements, verification, recovery, and an archive's bytes by what they are for
      store bytes [CORPUS]           the last of these alone
      verify                         verification alone: levels 1 to 3, wall and processor time, memory
      all                            feed, import, extract speed, capture, find, prove, serve, store
    """;

var json = args.Contains("--json");
var rest = args.Where(arg => arg != "--json").ToArray();
var report = new BenchReport(json);
switch (rest)
{
    case ["feed", "bounds"]: await FeedBounds.RunAsync(report); break;
    case ["feed", .. var folders]: FeedBench.Run(folders.FirstOrDefault(), report); break;
    case ["import", .. var paths]: await ImportBench.RunAsync(paths.FirstOrDefault(), report); break;
    case ["look", var path]: ImportLook.Run(path); break;
    case ["extract", "speed"]: await ExtractSpeed.RunAsync(report, CancellationToken.None); break;
    case ["extract", "learn"]: LearnWorth.Run(); break;
    case ["extract", .. var options]: ExtractBench.Run(options); break;
    case ["capture", .. var options]: await CaptureBench.RunAsync(options, report); break;
    case ["web", var outlets]: await WebProcess.ServeAsync(int.Parse(outlets, null)); return 0;
    case ["find", .. var options]: FindBench.Run(options); break;
    case ["prove"]: ProveBench.Run(report); break;
    case ["warc"]: await WarcBench.RunAsync(report); break;
    case ["serve", .. var folders]: await ServeBench.RunAsync(folders.FirstOrDefault(), report); break;
    case ["store", "bytes", .. var corpora]: await StoreBench.RunBytesAsync(corpora.FirstOrDefault(), report); break;
    case ["store", .. var corpora]: await StoreBench.RunAsync(corpora.FirstOrDefault(), report); break;
    case ["verify"]: await StoreBench.RunVerifyAsync(report); break;
    case ["all"]:
        FeedBench.Run(null, report);
        await FeedBounds.RunAsync(report);
        await ImportBench.RunAsync(null, report);
        await ExtractSpeed.RunAsync(report, CancellationToken.None);
        await CaptureBench.RunAsync([], report);
        FindBench.Run([]);
        ProveBench.Run(report);
        await WarcBench.RunAsync(report);
        await ServeBench.RunAsync(null, report);
        await StoreBench.RunAsync(null, report);
        break;
    default:
        await Console.Error.WriteLineAsync(Usage);
        return 2;
}
report.End();
return 0;
