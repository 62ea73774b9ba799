namespace Dibao.SampleOutlet; internal static class P;
