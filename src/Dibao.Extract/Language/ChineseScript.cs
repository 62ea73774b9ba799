namespace Dibao.Extract.Language;

/// <summary>Characters that only one of the two Chinese scripts writes.</summary>
internal static class ChineseScript
{
    // Simplified, then its traditional form. Left out: forms that both scripts use (云, 干, 台).
    private const string Pairs =
        "国國个個们們这這为為来來时時对對说說会會学學过過发發经經现現问問间間长長门門开開关關见見车車马馬鸟鳥鱼魚龙龍东東书書乐樂习習乡鄉买買卖賣" +
        "亚亞产產亲親亿億仅僅从從仓倉众眾优優传傳伤傷伦倫伟偉侠俠侦偵侧側债債儿兒党黨兰蘭兴興养養写寫军軍农農冲衝况況净淨减減几幾凤鳳击擊刘劉则則刚剛创創剂劑剑劍" +
        "办辦务務动動励勵劳勞势勢区區医醫华華协協单單卫衛历歷压壓厂廠厅廳县縣参參双雙变變叶葉号號吗嗎启啟员員听聽响響园園围圍图圖圆圓圣聖场場坏壞块塊坚堅坛壇" +
        "垒壘处處备備复復够夠头頭夹夾夺奪奖獎妇婦妈媽孙孫宁寧宝寶实實审審宪憲宽寬宾賓寻尋导導寿壽将將尔爾尘塵尝嘗层層岁歲岛島币幣师師帐帳帮幫带帶广廣庆慶应應庙廟" +
        "废廢归歸当當录錄彻徹径徑忆憶怀懷态態总總恶惡惊驚惩懲愿願戏戲战戰户戶扑撲执執扩擴扫掃扬揚扰擾抚撫抢搶护護报報担擔拟擬拥擁择擇挥揮损損换換据據摄攝摆擺敌敵" +
        "数數断斷无無旧舊显顯晓曉术術机機杀殺权權条條极極构構标標树樹样樣桥橋检檢欢歡欧歐残殘毕畢气氣汉漢汇匯汤湯沟溝泽澤洁潔济濟浓濃涨漲湾灣满滿灭滅灯燈灵靈灾災" +
        "炼煉点點热熱爱愛爷爺牵牽犹猶独獨狱獄猪豬环環电電画畫畅暢疗療监監盖蓋盘盤盐鹽确確码碼础礎硕碩离離种種积積称稱稳穩穷窮窃竊竞競笔筆签簽简簡类類粮糧红紅约約" +
        "级級纪紀纯純纲綱纳納纵縱纷紛纸紙纽紐线線练練组組细細织織终終绍紹结結绕繞绘繪给給络絡统統继繼绩績续續维維综綜绿綠编編缓緩缘緣罗羅罚罰职職联聯胜勝脑腦脸臉" +
        "舰艦艺藝节節苏蘇药藥获獲营營萨薩虑慮虚虛虽雖补補装裝规規视視览覽觉覺触觸誉譽计計订訂认認讨討让讓训訓议議讯訊记記讲講许許论論设設访訪证證评評识識诉訴词詞" +
        "译譯试試诗詩话話该該详詳语語误誤请請诸諸诺諾读讀课課谁誰调調谈談谋謀谓謂谢謝谱譜贝貝负負财財责責败敗货貨质質贪貪购購贯貫贵貴费費资資赛賽赞贊赵趙趋趨轨軌" +
        "转轉轮輪软軟轻輕较較辆輛输輸边邊达達迁遷运運还還进進远遠违違连連迟遲选選递遞逻邏遗遺邮郵邻鄰郑鄭释釋鉴鑒针針钟鐘钢鋼钱錢铁鐵银銀链鏈销銷锋鋒错錯镇鎮闭閉" +
        "闻聞队隊阳陽阴陰阵陣阶階际際陆陸陈陳险險随隨隐隱难難静靜须須顾顧顿頓预預领領频頻题題额額风風飞飛饭飯饮飲馆館驻駐验驗骑騎鲁魯鲜鮮麦麥黄黃齐齊齿齒龄齡";

    private const char First = '\u4e00';
    private static readonly sbyte[] Side = Read();

    /// <summary>1 for simplified only, -1 for traditional only, 0 for both.</summary>
    public static int SideOf(char c) => c >= First && c - First < Side.Length ? Side[c - First] : 0;

    private static sbyte[] Read()
    {
        var side = new sbyte[0x9fff - First + 1];
        for (var i = 0; i + 1 < Pairs.Length; i += 2)
        {
            side[Pairs[i] - First] = 1;
            side[Pairs[i + 1] - First] = -1;
        }

        return side;
    }
}
