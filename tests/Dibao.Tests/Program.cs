using Dibao.Tests.Keep.Faults;

// The tests; or, for those that kill a writer, the writer.
if (args is [CrashWriter.Name, var folder, var round]) return await CrashWriter.RunAsync(folder, int.Parse(round, null));
return await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Dibao.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions);
